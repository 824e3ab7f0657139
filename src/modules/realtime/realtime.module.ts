import { Module } from '@nestjs/common';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { ExercisesModule } from '../exercises/exercises.module.js';
import { DeskGateway } from './desk.gateway.js';
import { DeskSessions } from './desk-sessions.js';

@Module({
  imports: [DisseminationModule, ExercisesModule],
  providers: [DeskGateway, DeskSessions],
})
export class RealtimeModule {}
