import type {LayersDemand} from '../state/views/layers.ts';
import type {Session} from './context.ts';

/** Counts what an image wastes, and what in it looks like a secret, of what was read so far. */
export const createLayersWaste = ({getState, post, scope}: Session) => {
	let current = '';

	const count = async ({treeCount, isBaseLeftOut}: NonNullable<LayersDemand['waste']>): Promise<void> => {
		// Loaded when they are asked for.
		const [{wasteOf}, {secretsOf}] = await Promise.all([
			import('../layers/reports/waste.ts'),
			import('../layers/reports/secrets.ts'),
		]);
		const {layers} = getState();
		if (layers?.tree === undefined || layers.treeCount !== treeCount) return;
		const waste = wasteOf(layers.tree, {isBaseExcluded: isBaseLeftOut});
		const secrets = secretsOf(layers.tree);
		const {imageId} = layers;
		post({type: 'layers/waste-counted', imageId, report: {treeCount, isBaseLeftOut, waste, secrets}});
	};

	return {
		meet(layers: LayersDemand | undefined): void {
			const wanted = layers?.waste;
			const key = wanted === undefined ? '' : JSON.stringify([layers?.imageId, wanted]);
			if (key === current) return;
			current = key;
			if (wanted !== undefined) scope.start(() => count(wanted));
		},
	};
};
