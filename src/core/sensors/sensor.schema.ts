import { z } from 'zod';

/** The form of `config/sensors.yaml`. Every sensor has a public source; what no source gives is an `assumption`. */
const common = {
  id: z.string().regex(/^[a-z0-9-]+$/),
  party: z.string().regex(/^[A-Z]{2}$/),
  names: z.record(z.string(), z.string().min(1)),
  sources: z.array(z.string().min(1)).min(1),
  assumption: z.string().optional(),
};

/** Satellites that see a burning rocket above the clouds, wherever it is, and whose word takes a while. */
const infrared = z.strictObject({
  ...common,
  kind: z.literal('infrared'),
  cloudTopKm: z.number().min(0).max(30),
  /** Seconds after the launch before which no word has come from them. */
  toldAfterS: z.number().min(0).max(600),
});

/** A radar on land or at sea: it sees what is near enough, and high enough above its horizon. */
const radar = z.strictObject({
  ...common,
  kind: z.literal('radar'),
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  rangeKm: z.number().positive().max(10_000),
  minElevationDeg: z.number().min(0).max(90),
});

export const sensorsSchema = z.strictObject({
  sensors: z.array(z.discriminatedUnion('kind', [infrared, radar])).max(500),
});

export type Sensor = z.output<typeof sensorsSchema>['sensors'][number];
export type Radar = Extract<Sensor, { kind: 'radar' }>;
export type InfraredSatellites = Extract<Sensor, { kind: 'infrared' }>;
