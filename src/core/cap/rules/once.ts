/** The same function, asked once for each object: several rules look at the same texts, shapes and references. */
export function once<Key extends object, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const before = known.get(key);
    if (before) {
      return before.value;
    }
    const value = of(key);
    known.set(key, { value });
    return value;
  };
}
