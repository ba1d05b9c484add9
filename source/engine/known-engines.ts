import {contextNames, openContextStore} from './context-store.ts';
import {type EndpointQuestion, otherSockets} from './endpoint.ts';
import {defaultSocketPath} from './host.ts';

/** An engine that could be switched to, and how to name it in an `EndpointQuestion`. */
export type KnownEngine = {
	readonly id: string;
	readonly label: string;
	readonly note: string;
	readonly name: {readonly host: string} | {readonly context: string};
};

export type KnownQuestion = Pick<EndpointQuestion, 'env' | 'home' | 'readFile'> & {
	/** Names in a folder; none when it cannot be read. */
	readonly listFolder: (path: string) => readonly string[];
	readonly exists: (path: string) => boolean;
};

/**
 * What the docker CLI knows (`DOCKER_HOST`, its contexts) and the sockets found on this machine, each once. Nothing
 * is connected to: a socket that exists may be dead.
 */
export const knownEngines = (question: KnownQuestion): readonly KnownEngine[] => {
	const {env, home, readFile, listFolder, exists} = question;
	const store = openContextStore(env, home, readFile);
	const host = env.DOCKER_HOST;
	const sockets = [{socketPath: defaultSocketPath, source: 'default socket'}, ...otherSockets(env, home)];
	return [
		...(host ? [{id: 'DOCKER_HOST', label: host, note: 'DOCKER_HOST', name: {host}}] : []),
		...contextNames(store, listFolder).map(name => ({
			id: `context:${name}`,
			label: name,
			note: 'context',
			name: {context: name},
		})),
		...sockets
			.filter(({socketPath}) => exists(socketPath) && host !== `unix://${socketPath}`)
			.map(({socketPath, source}) => ({
				id: `socket:${socketPath}`,
				label: `unix://${socketPath}`,
				note: source,
				name: {host: `unix://${socketPath}`},
			})),
	];
};
