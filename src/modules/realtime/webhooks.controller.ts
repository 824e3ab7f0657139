import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import type { WebhookDeliveryView, WebhookSecret, WebhookView } from '../../core/wire/webhook.js';
import { CurrentUser } from '../../platform/http/access.guard.js';
import type { UserPrincipal } from '../../platform/database/principal.js';
import { DeliveriesQueryDto, WebhookDto } from './webhooks.dto.js';
import { WebhooksService } from './webhooks.service.js';

@Controller('api/v1/webhooks')
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Post()
  register(@CurrentUser() user: UserPrincipal, @Body() wanted: WebhookDto): Promise<WebhookSecret> {
    return this.webhooks.register(user, wanted);
  }

  @Get()
  list(@CurrentUser() user: UserPrincipal): Promise<WebhookView[]> {
    return this.webhooks.list(user);
  }

  @Post(':id/rotate')
  @HttpCode(200)
  rotate(@CurrentUser() user: UserPrincipal, @Param('id') id: string): Promise<WebhookSecret> {
    return this.webhooks.rotate(user, id);
  }

  @Post(':id/disable')
  @HttpCode(200)
  disable(@CurrentUser() user: UserPrincipal, @Param('id') id: string): Promise<WebhookView> {
    return this.webhooks.disable(user, id);
  }

  @Get(':id/deliveries')
  deliveries(
    @CurrentUser() user: UserPrincipal,
    @Param('id') id: string,
    @Query() { state }: DeliveriesQueryDto,
  ): Promise<WebhookDeliveryView[]> {
    return this.webhooks.deliveries(user, id, state);
  }

  /** Tries everything once more that was given up. */
  @Post(':id/resend')
  @HttpCode(200)
  resend(@CurrentUser() user: UserPrincipal, @Param('id') id: string): Promise<{ run: string; resent: number }> {
    return this.webhooks.resend(user, id);
  }
}
