/** The mode of a run. It becomes the CAP status of every message and is part of everything signed, shown or exported. */
export type Mode = 'test' | 'exercise' | 'actual';

/** What a run is for: the live watch, the replay of an incident, or an exercise. */
export type Job = 'watch' | 'replay' | 'exercise';
