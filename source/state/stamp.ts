/**
 * Compares two RFC3339 stamps of any precision and zone, to the nanosecond.
 * @returns negative, 0 or positive. Docker writes nine digits and `Z`, Podman fewer digits and a zone.
 */
export const compareStamps = (left: string, right: string): number => {
	if (left.length === right.length && left.endsWith('Z') && right.endsWith('Z')) {
		return left === right ? 0 : left < right ? -1 : 1;
	}
	const [leftSeconds, leftNanos] = partsOf(left);
	const [rightSeconds, rightNanos] = partsOf(right);
	return leftSeconds - rightSeconds || leftNanos - rightNanos;
};

const partsOf = (stamp: string): readonly [epochMs: number, nanos: number] => {
	const [, seconds = '', fraction = '', zone = ''] =
		/^([^.Z+]+?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(stamp) ?? [];
	return [Date.parse(seconds + zone), Number(fraction.padEnd(9, '0'))];
};
