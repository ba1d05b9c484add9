import type {Blueprint} from '../engine/blueprint/types.ts';
import type {State} from '../state/model.ts';

const hasLabel = ({config}: Blueprint, name: string): boolean =>
	typeof config.Labels === 'object' && config.Labels !== null && name in config.Labels;

/** The container whose namespace it shares, by its id; the engine knows it by no other name. */
const hostsOf = ({host}: Blueprint): readonly string[] =>
	[host.NetworkMode, host.PidMode, host.IpcMode].flatMap(mode =>
		typeof mode === 'string' && mode.startsWith('container:') ? [mode.slice('container:'.length)] : [],
	);

/**
 * Why a container cannot be made anew without losing something.
 * @param guests names of those that live in its network
 */
export const recreateRefusal = (
	state: State,
	blueprint: Blueprint,
	guests: readonly string[],
): string | undefined => {
	if (hasLabel(blueprint, 'com.docker.swarm.task.id'))
		return 'it is a task of a swarm service; docker service update --force makes those anew';
	if (hasLabel(blueprint, 'io.kubernetes.pod.name'))
		return 'it belongs to a Kubernetes pod, and the kubelet looks after those';
	if (blueprint.state === 'removing' || blueprint.state === 'dead') return `it is ${blueprint.state}`;
	if (blueprint.host.AutoRemove === true)
		return 'it goes as soon as it stops (--rm), so nothing could be put back; Y copies its docker run line';
	if (guests.length > 0)
		return `${guests.join(', ')} ${guests.length === 1 ? 'shares' : 'share'} its network and would lose it; remove ${guests.length === 1 ? 'that' : 'those'} first`;
	const byId: ReadonlyMap<string, {readonly state: string}> = state.containers.byId;
	const lost = hostsOf(blueprint).find(id => byId.get(id)?.state !== 'running');
	if (lost !== undefined && blueprint.state !== 'exited' && blueprint.state !== 'created')
		return `it shares namespaces with container ${lost.slice(0, 12)}, which does not run; it could not start again`;
	if (blueprint.imageIs === 'gone')
		return `its image ${blueprint.image} is not here any more; with "pull the image first" it can be`;
	return undefined;
};
