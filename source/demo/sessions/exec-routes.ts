import type {DemoContainer} from '../containers/container-types.ts';
import {isAlive} from '../containers/container-types.ts';
import {type DemoContext, DemoError, type DemoReply, type DemoRequest, type DemoRoute} from '../contract.ts';
import {outputType} from '../http/frames.ts';
import {openSession} from '../http/hijack.ts';
import {type Json, object, text, texts, truth} from '../http/read.ts';
import {hexId} from '../random.ts';
import {createExecStore, type Exec, type ExecParts, type ExecStore} from './exec-store.ts';
import {readSession, sessionOutput} from './session-socket.ts';

/** `POST /containers/{id}/exec`, and `start`, `resize` and `json` of what it gave. */
export const execRoutes = (parts: ExecParts & Pick<DemoContext, 'random'>): readonly DemoRoute[] => {
	const {store, random} = parts;
	const execs = createExecStore(parts);
	const get = (id: string): Exec => {
		const exec = execs.find(id);
		if (exec === undefined) throw new DemoError(404, `No such exec instance: ${id}`);
		return exec;
	};
	return [
		{
			method: 'POST',
			path: /^\/containers\/([^/]+)\/exec$/,
			handle: async ({body}, [reference = '']) => {
				const container = store.get(reference);
				if (container.status === 'paused')
					throw new DemoError(409, `Container ${reference} is paused, unpause the container before exec`);
				if (!isAlive(container)) throw new DemoError(409, `Container ${container.id} is not running`);
				const id = hexId(random);
				execs.create(execSpec(id, container, object(await body())));
				return {status: 201, json: {Id: id}};
			},
		},
		{
			method: 'POST',
			path: /^\/exec\/([^/]+)\/start$/,
			handle: async (request, [id = '']) => {
				const exec = get(id);
				if (exec.status !== 'created') throw new DemoError(409, `exec command ${id} is already running`);
				const container = store.get(exec.containerId);
				if (!isAlive(container)) throw new DemoError(409, `Container ${container.id} is not running`);
				return started(execs, exec, container, object(await request.body()), request);
			},
		},
		{
			method: 'POST',
			path: /^\/exec\/([^/]+)\/resize$/,
			handle: (_request, [id = '']) => {
				if (get(id).status !== 'running') throw new DemoError(500, 'exec process is not started');
				return {status: 200};
			},
		},
		{method: 'GET', path: /^\/exec\/([^/]+)\/json$/, handle: (_request, [id = '']) => inspected(get(id))},
	];
};

const execSpec = (id: string, {id: containerId, spec}: DemoContainer, body: Json): Exec => {
	const argv = texts(body.Cmd);
	if (argv.length === 0) throw new DemoError(400, 'No exec command specified');
	return {
		id,
		containerId,
		argv,
		environment: [...spec.environment, ...texts(body.Env)],
		user: text(body.User) ?? '',
		folder: text(body.WorkingDir) || spec.workingDirectory,
		isTty: truth(body.Tty),
		hasInput: truth(body.AttachStdin),
		status: 'created',
		exitCode: undefined,
	};
};

const started = (
	execs: ExecStore,
	exec: Exec,
	container: DemoContainer,
	body: Json,
	{headers, apiMinor}: DemoRequest,
): DemoReply => {
	if (truth(body.Detach)) {
		execs.start(exec, container, () => {});
		return {status: 200};
	}
	return {
		hijack: async socket => {
			openSession(socket, headers.upgrade !== undefined, outputType(exec.isTty, apiMinor));
			const process = execs.start(exec, container, sessionOutput(socket, exec.isTty));
			void process.ended.then(() => socket.end());
			await readSession(socket, {text: process.write, end: exec.isTty ? () => {} : process.endInput});
		},
	};
};

const inspected = (exec: Exec): DemoReply => {
	const [entrypoint = '', ...args] = exec.argv;
	return {
		status: 200,
		json: {
			ID: exec.id,
			Running: exec.status === 'running',
			ExitCode: exec.exitCode ?? null,
			ProcessConfig: {tty: exec.isTty, entrypoint, arguments: args, privileged: false, user: exec.user},
			OpenStdin: exec.hasInput,
			OpenStderr: true,
			OpenStdout: true,
			CanRemove: false,
			ContainerID: exec.containerId,
			DetachKeys: '',
			Pid: 0,
		},
	};
};
