import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
  Matches,
  Validate,
  ValidateNested,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { ACTS, areaSchema, VEHICLE_CLASSES, type Area } from '../../core/scenario/scenario.schema.js';
import { OUTCOMES, type Embargo } from '../../core/announcement/stage.js';
import type { AnnouncementRequest, ReleaseRequest, ReportRequest } from '../../core/wire/announcement.js';
import { measurementsSchema, MAX_MEASUREMENTS, type Measurement } from '../../core/threshold/measurement.js';
import { IsInstant } from '../../platform/http/instant.js';

/** Areas have the same form here as in a scenario file, and the same schema judges both. */
@ValidatorConstraint({ name: 'area' })
export class AreaConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return areaSchema.safeParse(value).success;
  }

  defaultMessage(): string {
    return '$property must be {"circle":{"latitude","longitude","radiusKm"}} or {"polygon":[[latitude,longitude], ...]} with at least three points';
  }
}

/** Measurements have the same form here as in a file of them, and the same schema judges both. */
@ValidatorConstraint({ name: 'measurements' })
export class MeasurementsConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return measurementsSchema.safeParse(value).success;
  }

  defaultMessage(): string {
    return `$property must be 1 to ${MAX_MEASUREMENTS} of {substance, medium?, value | below | from and to, unit?, place?, sampledAt?}; see docs/thresholds.md`;
  }
}

export class EmbargoDto implements Embargo {
  @IsOptional()
  @IsInstant()
  until?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  event?: string;
}

/** What an announcement says; an amendment says all of it again. */
export class AmendDto implements AnnouncementRequest {
  @IsIn(ACTS)
  act!: (typeof ACTS)[number];

  @IsOptional()
  @IsIn(VEHICLE_CLASSES)
  vehicleClass?: (typeof VEHICLE_CLASSES)[number];

  @IsInstant()
  windowStart!: string;

  @IsInstant()
  windowEnd!: string;

  @IsOptional()
  @Validate(AreaConstraint)
  launchArea?: Area;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @Type(() => Object)
  @Validate(AreaConstraint, { each: true })
  impactAreas?: Area[];

  /** What was measured of treated water, food or radiation. */
  @IsOptional()
  @Validate(MeasurementsConstraint)
  measurements?: Measurement[];

  /** The announcing party; a controller may speak for any, a desk speaks for its own. */
  @IsOptional()
  @Matches(/^[A-Z]{2}$/, { message: 'by must be the two capital letters of a party' })
  by?: string;

  @IsOptional()
  @IsString()
  @Length(1, 400)
  note?: string;
}

export class AnnounceDto extends AmendDto {
  @IsOptional()
  @ValidateNested()
  @Type(() => EmbargoDto)
  embargo?: EmbargoDto;
}

export class CancelAnnouncementDto {
  @IsOptional()
  @IsString()
  @Length(1, 400)
  note?: string;
}

export class ReportDto extends CancelAnnouncementDto implements ReportRequest {
  @IsInstant()
  occurredAt!: string;

  @IsIn(OUTCOMES)
  outcome!: (typeof OUTCOMES)[number];
}

export class ReleaseDto implements ReleaseRequest {
  @IsOptional()
  @IsString()
  @Length(1, 100)
  person?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  declared?: string;
}
