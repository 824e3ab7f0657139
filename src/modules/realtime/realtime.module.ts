import { Module } from '@nestjs/common';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { ExercisesModule } from '../exercises/exercises.module.js';
import { AtomChannel } from './atom.channel.js';
import { AtomController } from './atom.controller.js';
import { ChannelDoor } from './channel-door.js';
import { Consoles } from './consoles.js';
import { DeskGateway } from './desk.gateway.js';
import { DeskSessions } from './desk-sessions.js';
import { ReceiptEvents } from './receipt-events.js';
import { StreamChannel } from './stream.channel.js';
import { StreamController } from './stream.controller.js';

@Module({
  imports: [DisseminationModule, ExercisesModule],
  controllers: [AtomController, StreamController],
  providers: [AtomChannel, ChannelDoor, Consoles, DeskGateway, DeskSessions, ReceiptEvents, StreamChannel],
})
export class RealtimeModule {}
