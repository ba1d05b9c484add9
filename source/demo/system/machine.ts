/** The machine that the embedded engine pretends to run on. */
export const machine = {
	name: 'demo',
	cpus: 8,
	memoryBytes: 33_554_432_000,
	kernel: '6.12.8-demo',
	/** How long it was up when the engine started. */
	uptimeMs: 41 * 24 * 3_600_000,
} as const;
