/** Only what differs is replaced: an untouched value keeps its identity, and so nothing is drawn. */
export const replaced = <Value extends object>(value: Value, parts: Partial<Value>): Value => {
	const isSame = Object.entries(parts).every(([key, part]) => Object.is(Reflect.get(value, key), part));
	return isSame ? value : {...value, ...parts};
};

/** The map itself when no entry is let go. */
export const onlyEntries = <Key, Value>(
	map: ReadonlyMap<Key, Value>,
	isKept: (value: Value, key: Key) => boolean,
): ReadonlyMap<Key, Value> => {
	const kept = [...map].filter(([key, value]) => isKept(value, key));
	return kept.length === map.size ? map : new Map(kept);
};
