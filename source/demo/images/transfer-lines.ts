/** A line of a pull or push. */
export type TransferLine = {
	readonly status: string;
	readonly id?: string;
	readonly progressDetail?: {readonly current?: number; readonly total?: number};
};

/** @param layerId a digest, of which the line has twelve digits */
export const layerLine = (layerId: string, status: string, detail: TransferLine['progressDetail'] = {}) => ({
	status,
	progressDetail: detail,
	id: layerId.slice('sha256:'.length, 'sha256:'.length + 12),
});

export const failureLine = (message: string) => ({errorDetail: {message}, error: message});

/** As the engine ends its lines. */
export const encodeLines = (lines: readonly object[]): string =>
	lines.map(line => `${JSON.stringify(line)}\r\n`).join('');
