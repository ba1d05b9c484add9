import type {DemoImageRecipe, DemoLayer} from './image-types.ts';

/** An image that the embedded engine knows from the start. */
export type WorldImage = Omit<DemoImageRecipe, 'createdAt'> & {
	/** The first names it; empty for one that has lost its name to a newer build. */
	readonly tags: readonly string[];
	readonly ageDays: number;
	/** It came out of a registry: it has a digest there, and can be pulled again. */
	readonly isPulled?: boolean;
};

/** How a base image begins. */
export const baseSteps = (layer: DemoLayer, createdBy: string): DemoImageRecipe['steps'] => [
	{createdBy: `# ${createdBy}`, layer},
];

export const aptCommand = (packages: string): string =>
	`RUN /bin/sh -c apt-get update && apt-get install -y --no-install-recommends ${packages} # buildkit`;
