/**
 * Where the reader's thread starts: beside this file where Node runs the sources, else where scripts/build.ts puts it,
 * whichever part of the bundle this ends up in.
 */
export const workerFile = (here: string): URL => {
	if (here.endsWith('.ts')) return new URL('./layer-worker.ts', here);
	return new URL(/\/chunks\/[^/]*$/.test(here) ? '../layer-worker.js' : './layer-worker.js', here);
};
