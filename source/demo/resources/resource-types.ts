/** What the lists of networks, volumes and disk use need to know of a container. */
export type DemoContainerOfResources = {
	readonly id: string;
	readonly name: string;
	readonly imageId: string;
	readonly isRunning: boolean;
	/** Empty addresses when it does not run. */
	readonly networks: readonly {
		readonly name: string;
		readonly endpointId: string;
		readonly ipAddress: string;
		readonly macAddress: string;
	}[];
	/** Names of its volumes. */
	readonly volumes: readonly string[];
	/** What it has written to its own layer. */
	readonly writtenBytes: number;
	/** Its entry of `GET /containers/json`, for `GET /system/df`. */
	readonly summary: Readonly<Record<string, unknown>>;
};

export type ContainersOfResources = () => readonly DemoContainerOfResources[];
