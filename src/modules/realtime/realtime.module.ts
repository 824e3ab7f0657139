import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { DisseminationModule } from '../dissemination/dissemination.module.js';
import { ExercisesModule } from '../exercises/exercises.module.js';
import { AtomChannel } from './atom.channel.js';
import { AtomController } from './atom.controller.js';
import { ChannelDoor } from './channel-door.js';
import { Consoles } from './consoles.js';
import { DeskGateway } from './desk.gateway.js';
import { DeskSessions } from './desk-sessions.js';
import { GivenUpWebhook } from './given-up-webhook.js';
import { ReceiptEvents } from './receipt-events.js';
import { StreamChannel } from './stream.channel.js';
import { StreamController } from './stream.controller.js';
import { ToldAlertsRepository } from './told-alerts.repository.js';
import { ToldCapService } from './told-cap.service.js';
import { WebhookMessages } from './webhook-messages.js';
import { WebhookOutboxRepository } from './webhook-outbox.repository.js';
import { WebhookPruner } from './webhook-pruner.js';
import { USUAL_TURNS, WEBHOOK_TURNS, WebhookChannel } from './webhook.channel.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [AlertsModule, DisseminationModule, ExercisesModule],
  controllers: [AtomController, StreamController, WebhooksController],
  providers: [
    AtomChannel,
    ChannelDoor,
    Consoles,
    DeskGateway,
    DeskSessions,
    GivenUpWebhook,
    ReceiptEvents,
    StreamChannel,
    ToldAlertsRepository,
    ToldCapService,
    { provide: WEBHOOK_TURNS, useValue: USUAL_TURNS },
    WebhookChannel,
    WebhookMessages,
    WebhookOutboxRepository,
    WebhookPruner,
    WebhooksRepository,
    WebhooksService,
  ],
})
export class RealtimeModule {}
