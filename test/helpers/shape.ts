/**
 * Whether a JSON value has the fields of a pattern with the types they have there, all the way down. Null is taken
 * for an absent list, object or text; further fields are welcome; an element of a list has to be like one of the
 * pattern's.
 * @param pardoned places that may be missing or of another type, such as `.HostConfig.KernelMemory`; `[]` is any
 *   element
 * @returns what is not so, with its place: `.State.Pid: string, not number`
 */
export function shapeFaults(
	pattern: unknown,
	value: unknown,
	pardoned: readonly string[] = [],
	place = '',
): readonly string[] {
	if (pattern === null || value === null || pardoned.includes(place)) return [];
	if (kindOf(pattern) !== kindOf(value)) return [`${place}: ${kindOf(value)}, not ${kindOf(pattern)}`];
	if (Array.isArray(pattern) && Array.isArray(value)) {
		const against = (other: unknown) =>
			pattern.map(one => shapeFaults(one, other, pardoned, `${place}[]`)).sort(byLength)[0] ?? [];
		return value.flatMap(against);
	}
	if (!isObject(pattern) || !isObject(value)) return [];
	return Object.entries(pattern).flatMap(([name, expected]) => {
		const inner = `${place}.${name}`;
		if (Object.hasOwn(value, name)) return shapeFaults(expected, value[name], pardoned, inner);
		return pardoned.includes(inner) ? [] : [`${inner}: missing`];
	});
}

function byLength(one: readonly string[], other: readonly string[]): number {
	return one.length - other.length;
}

function kindOf(value: unknown): string {
	return Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
