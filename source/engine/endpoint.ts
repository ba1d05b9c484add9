import {join} from 'node:path';
import {type ContextStore, currentContextName, openContextStore, readTls} from './context-store.ts';
import {
	type Endpoint,
	type EndpointChoice,
	EndpointError,
	type Target,
	type TlsMaterial,
} from './endpoint-types.ts';
import {addressOf, defaultSocketPath, parseHost} from './host.ts';

export type EndpointQuestion = {
	/** Value of `-H/--host`. */
	readonly host?: string;
	/** Value of `--context`. */
	readonly context?: string;
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly home: string;
	/** The file's text; `undefined` when it cannot be read. */
	readonly readFile: (path: string) => string | undefined;
};

/**
 * Where the engine is, in the docker CLI's order: `--context`, `-H`, `DOCKER_HOST`, `DOCKER_CONTEXT`, the current
 * context of config.json; then, which the CLI does not do, the sockets that engines are known to make.
 * Touches nothing but `readFile`.
 * @throws EndpointError
 */
export const resolveEndpoint = (question: EndpointQuestion): EndpointChoice => {
	const {host, context, env} = question;
	const store = openContextStore(env, question.home, question.readFile);
	const finish = (target: Target, source: string): Endpoint => ({
		address: addressOf(target),
		source,
		target,
		...apiVersionOf(env),
	});
	const ofHost = (value: string, source: string): EndpointChoice => ({
		isNamed: true,
		candidates: [finish(parseHost(value, source, environmentTls(env, store)), source)],
	});
	const ofContext = (name: string, flag: string): EndpointChoice => {
		const found = store.find(name, flag);
		const source = `context "${name}"`;
		return {isNamed: true, candidates: [finish(parseHost(found.host, source, found.tls), source)]};
	};
	const defaultEndpoint = finish({kind: 'unix', socketPath: defaultSocketPath}, 'default socket');
	const ofDefaultContext = (): EndpointChoice =>
		env.DOCKER_HOST ? ofHost(env.DOCKER_HOST, 'DOCKER_HOST') : {isNamed: true, candidates: [defaultEndpoint]};

	if (host !== undefined && context !== undefined) {
		throw new EndpointError('usage', `--host "${host}" and --context "${context}": give one of the two`);
	}
	if (context !== undefined) {
		return context === 'default' ? ofDefaultContext() : ofContext(context, '--context');
	}
	if (host !== undefined) return ofHost(host, 'flag -H');
	if (env.DOCKER_HOST) return ofHost(env.DOCKER_HOST, 'DOCKER_HOST');
	if (env.DOCKER_CONTEXT) {
		const name = env.DOCKER_CONTEXT;
		return name === 'default' ? ofDefaultContext() : ofContext(name, 'DOCKER_CONTEXT');
	}
	const current = currentContextName(store);
	if (current !== 'default') return ofContext(current, 'current context');
	const others = otherSockets(env, question.home).map(({socketPath, source}) =>
		finish({kind: 'unix', socketPath}, source),
	);
	return {isNamed: false, candidates: [defaultEndpoint, ...others]};
};

const apiVersionOf = (env: EndpointQuestion['env']): {readonly apiVersion?: string} => {
	const value = env.DOCKER_API_VERSION;
	if (!value) return {};
	const version = value.replace(/^v/, '');
	if (!/^\d+\.\d+$/.test(version)) {
		throw new EndpointError('usage', `DOCKER_API_VERSION "${value}": a version is two numbers, e.g. 1.41`);
	}
	return {apiVersion: version};
};

/** `DOCKER_TLS_VERIFY` and `DOCKER_TLS`: any value counts, even `0`, as in the CLI. */
const environmentTls = (env: EndpointQuestion['env'], store: ContextStore): TlsMaterial | undefined => {
	const isVerified = Boolean(env.DOCKER_TLS_VERIFY);
	if (!isVerified && !env.DOCKER_TLS) return undefined;
	const folder = env.DOCKER_CERT_PATH || store.configFolder;
	const tls = readTls(folder, isVerified, store.readFile);
	if (isVerified && tls.ca === undefined) {
		throw new EndpointError(
			'missing',
			`DOCKER_TLS_VERIFY is set, but ${join(folder, 'ca.pem')} cannot be read`,
		);
	}
	return tls;
};

/** Sockets that products make, by their documentation; one that exists may still be dead. */
export const otherSockets = (
	env: EndpointQuestion['env'],
	home: string,
): readonly {readonly socketPath: string; readonly source: string}[] => {
	const runtime = env.XDG_RUNTIME_DIR;
	const colima = env.COLIMA_HOME || join(home, '.colima');
	return [
		...(runtime ? [{socketPath: join(runtime, 'docker.sock'), source: 'rootless socket'}] : []),
		{socketPath: join(home, '.docker/run/docker.sock'), source: 'Docker Desktop socket'},
		{socketPath: join(home, '.docker/desktop/docker.sock'), source: 'Docker Desktop socket'},
		{socketPath: join(colima, 'default/docker.sock'), source: 'Colima socket'},
		{socketPath: join(home, '.orbstack/run/docker.sock'), source: 'OrbStack socket'},
		{socketPath: join(home, '.rd/docker.sock'), source: 'Rancher Desktop socket'},
		...(runtime ? [{socketPath: join(runtime, 'podman/podman.sock'), source: 'rootless Podman socket'}] : []),
		{socketPath: '/run/podman/podman.sock', source: 'Podman socket'},
		{
			socketPath: join(home, '.local/share/containers/podman/machine/podman.sock'),
			source: 'Podman machine socket',
		},
	];
};
