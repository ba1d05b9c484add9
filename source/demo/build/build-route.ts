import {DemoError, type DemoReply, type DemoRequest, type DemoRoute} from '../contract.ts';
import {flag} from '../http/query.ts';
import {textMap} from '../http/read.ts';
import type {DemoImage} from '../images/image-types.ts';
import {emitImage, type ImageParts} from '../images/parts.ts';
import {demoReference, referenceText} from '../images/references.ts';
import {encodeLines, failureLine} from '../images/transfer-lines.ts';
import {readContext} from './build-context.ts';
import {type BuildRequest, createBuilder, RunFailed} from './builder.ts';
import {type Instruction, parseDockerfile} from './dockerfile.ts';

/** `POST /build`, as the classic builder does it, but that commands are only pretended. Ends when the client leaves. */
export const buildRoute = (parts: ImageParts): DemoRoute => {
	const build = createBuilder(parts);
	return {
		method: 'POST',
		path: /^\/build$/,
		handle: async (request): Promise<DemoReply> => {
			const wanted = await buildRequest(request);
			return {status: 200, contentType: 'application/json', stream: told(parts, build, wanted)};
		},
	};
};

/** @throws DemoError in the words of the classic builder */
const buildRequest = async (request: DemoRequest): Promise<BuildRequest> => {
	const {query, raw} = request;
	if (query.get('version') === '2') throw new DemoError(400, 'this engine has no BuildKit');
	for (const tag of query.getAll('t')) demoReference(tag);
	const files = await readContext(raw);
	const name = query.get('dockerfile') || 'Dockerfile';
	const dockerfile = files.get(name.replace(/^\.?\//, ''));
	if (dockerfile === undefined) throw new DemoError(500, `Cannot locate specified Dockerfile: ${name}`);
	const own = upTo(parseDockerfile(dockerfile.data.toString(), name), query.get('target') ?? '');
	const instructions = [...own, ...labelInstruction(query)];
	const args = new Map(Object.entries(textMap(JSON.parse(query.get('buildargs') || '{}'))));
	return {instructions, files, args, isCacheless: flag(query, 'nocache'), request};
};

/** Labels of a request come last, as an instruction of their own. */
const labelInstruction = (query: URLSearchParams): readonly Instruction[] => {
	const labels = Object.entries(textMap(JSON.parse(query.get('labels') || '{}')));
	if (labels.length === 0) return [];
	const value = labels.map(([key, text]) => `"${key}"="${text.replaceAll('"', '\\"')}"`).join(' ');
	return [{word: 'LABEL', flags: {}, value, title: `LABEL ${labels.map(pair => pair.join('=')).join(' ')}`}];
};

const upTo = (instructions: readonly Instruction[], target: string): readonly Instruction[] => {
	if (instructions.find(({word}) => word !== 'ARG')?.word !== 'FROM')
		throw new DemoError(400, 'no build stage in current context');
	if (target === '') return instructions;
	const starts = instructions.flatMap(({word}, index) => (word === 'FROM' ? [index] : []));
	const stage = starts.findIndex((at, index) => {
		const [, , alias = String(index)] = instructions[at]?.value.split(/\s+/) ?? [];
		return alias.toLowerCase() === target.toLowerCase() || String(index) === target;
	});
	if (stage === -1) throw new DemoError(400, `failed to reach build target ${target} in Dockerfile`);
	return instructions.slice(0, starts[stage + 1]);
};

async function* told(
	parts: ImageParts,
	build: ReturnType<typeof createBuilder>,
	wanted: BuildRequest,
): AsyncGenerator<string> {
	const {query, signal} = wanted.request;
	const isQuiet = flag(query, 'q');
	const steps = build(wanted);
	try {
		let next = await steps.next();
		for (; !next.done; next = await steps.next()) if (!isQuiet) yield next.value;
		if (next.value === undefined || signal.aborted) return;
		yield finished(parts, next.value, wanted, isQuiet);
	} catch (error) {
		if (error instanceof RunFailed) {
			const {code, message} = error;
			yield encodeLines([{errorDetail: {code, message}, error: message}]);
		} else yield encodeLines([failureLine(error instanceof Error ? error.message : String(error))]);
	}
}

const finished = (
	{context, store}: ImageParts,
	image: DemoImage,
	{request: {query}, args, instructions}: BuildRequest,
	isQuiet: boolean,
): string => {
	store.add(image);
	const names = query.getAll('t').map(tag => referenceText(demoReference(tag)));
	for (const name of names) {
		store.tag(image.id, name, context.clock.now());
		const stored = store.get(image.id);
		if (stored !== undefined) emitImage(context, 'tag', stored, name);
	}
	if (isQuiet) return encodeLines([{stream: `${image.id}\n`}]);
	const declared = new Set(
		instructions.filter(({word}) => word === 'ARG').map(({value}) => value.replace(/=.*$/, '')),
	);
	const unused = [...args.keys()].filter(key => !declared.has(key));
	return encodeLines([
		...(unused.length > 0
			? [{stream: `[Warning] One or more build-args [${unused.join(' ')}] were not consumed\n`}]
			: []),
		{stream: `Successfully built ${image.id.slice(7, 19)}\n`},
		...names.map(name => ({stream: `Successfully tagged ${name}\n`})),
	]);
};
