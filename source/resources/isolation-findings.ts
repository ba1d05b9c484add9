import type {ContainerFacts, IsolationFacts, MountFacts} from '../engine/container-facts.ts';
import type {Token} from '../theme/tokens.ts';
import {dangerousCapabilities, effectiveCapabilities} from './capabilities.ts';

/** A sentence about what a container shares with its host or with others, or about what keeps it apart. */
export type Finding = {readonly text: string; readonly tone: Token | undefined};

/** What the words need to know besides the container. */
export type FindingContext = {
	readonly isPodman: boolean;
	/** The name of the container that a mode names; the mode's own words when it is not known. */
	readonly nameOf: (idOrName: string) => string;
};

const trouble = (text: string): Finding => ({text, tone: 'trouble'});
const watch = (text: string): Finding => ({text, tone: 'watch'});
const good = (text: string): Finding => ({text, tone: 'good'});
const plain = (text: string): Finding => ({text, tone: undefined});

/** The container behind a mode of the form `container:ID`. */
export const sharedWith = (mode: string): string | undefined =>
	mode.startsWith('container:') ? mode.slice('container:'.length) : undefined;

/** Sockets through which an engine is controlled. */
const engineSocket = /(?:docker|podman|containerd|crio)\.sock$/;

/** Paths of a host that are the host: who writes there is root there. */
const sensitivePath =
	/^\/(?:etc|proc|sys|dev|boot|root|home|run|usr|var|var\/run|var\/lib(?:\/docker|\/containers)?)?\/?$/;

const options = ({securityOptions}: IsolationFacts, kind: string): readonly string[] =>
	securityOptions.flatMap(option => {
		const [, name, value] = /^([a-z-]+)(?:[=:](.*))?$/s.exec(option) ?? [];
		return name === kind ? [value ?? ''] : [];
	});

export const securityOption = (isolation: IsolationFacts, kind: string): string | undefined =>
	options(isolation, kind).at(-1);

export const hasNoNewPrivileges = (isolation: IsolationFacts): boolean => {
	const value = securityOption(isolation, 'no-new-privileges');
	return value !== undefined && value !== 'false';
};

const isSeccompOff = (isolation: IsolationFacts): boolean =>
	isolation.isPrivileged || securityOption(isolation, 'seccomp') === 'unconfined';

const ofNamespaces = (isolation: IsolationFacts, {nameOf}: FindingContext): readonly Finding[] => {
	const modes: readonly (readonly [string, string, Finding])[] = [
		[
			isolation.pidMode,
			'its processes',
			trouble("sees and can signal every process of the host (the host's PID namespace)"),
		],
		[
			isolation.networkMode,
			'its network',
			watch("uses the host's network: every port and local service of it (the host's network namespace)"),
		],
		[
			isolation.ipcMode,
			'shared memory',
			watch("shares shared memory and semaphores with the host (the host's IPC namespace)"),
		],
		[
			isolation.utsMode,
			'its hostname',
			watch("shares the hostname with the host (the host's UTS namespace)"),
		],
		[isolation.usernsMode, 'its users', watch("root in it is root on the host (the host's user namespace)")],
	];
	return modes.flatMap(([mode, what, ofHost]) => {
		if (mode === 'host') return [ofHost];
		const other = sharedWith(mode);
		return other === undefined ? [] : [plain(`shares ${what} with the container ${nameOf(other)}`)];
	});
};

const ofMount = (mount: MountFacts): readonly Finding[] => {
	const {source, target, isWritable} = mount;
	if (engineSocket.test(source))
		return [
			trouble(`controls the engine: its socket ${source} is mounted at ${target}, which is root on the host`),
		];
	if (mount.type !== 'bind') return [];
	const what = source === '/' ? "the host's whole file system" : `${source} of the host`;
	if (sensitivePath.test(source))
		return [
			isWritable
				? trouble(`writes to ${what}, mounted at ${target}`)
				: watch(`reads ${what}, mounted at ${target}`),
		];
	return [plain(`${isWritable ? 'writes to' : 'reads'} ${what}, mounted at ${target}`)];
};

const ofCapabilities = (isolation: IsolationFacts, {isPodman}: FindingContext): readonly Finding[] => {
	if (isolation.isPrivileged) return [];
	const effective = effectiveCapabilities(isolation, isPodman);
	if (effective.kind === 'all') return [trouble('has every capability (ALL)')];
	const dangerous = effective.names.filter(name => dangerousCapabilities.has(name));
	return [
		...dangerous.map(name => trouble(`has CAP_${name}, with which a process can leave the container`)),
		...(effective.names.length === 0 ? [good('has no capability at all')] : []),
	];
};

const ofSecurity = (isolation: IsolationFacts): readonly Finding[] => {
	const {isPrivileged, maskedPaths} = isolation;
	const isUnmasked = maskedPaths !== undefined && maskedPaths.length === 0 && !isPrivileged;
	return [
		...(isSeccompOff(isolation) && !isPrivileged
			? [trouble('may make every system call (seccomp is off)')]
			: []),
		...(isolation.appArmorProfile === 'unconfined' && !isPrivileged ? [watch('runs without AppArmor')] : []),
		...(options(isolation, 'label').includes('disable') ? [watch('runs without SELinux separation')] : []),
		...(isUnmasked ? [watch('sees all of /proc and /sys (no masked paths)')] : []),
		...(hasNoNewPrivileges(isolation) ? [good('cannot gain privileges (no-new-privileges)')] : []),
		...(isolation.isRootReadOnly ? [good('cannot change its root file system (read-only)')] : []),
	];
};

/** How a container is kept apart, in words; what is worst comes first. */
export const isolationFindings = (facts: ContainerFacts, context: FindingContext): readonly Finding[] => {
	const {isolation, mounts, program} = facts;
	const user = program.user.split(':')[0] ?? '';
	const isRoot = user === '' || user === '0' || user === 'root';
	const all = [
		...(isolation.isPrivileged
			? [trouble('is privileged: every capability and device of the host, no seccomp, no AppArmor')]
			: []),
		...ofNamespaces(isolation, context),
		...mounts.flatMap(ofMount),
		...ofCapabilities(isolation, context),
		...ofSecurity(isolation),
		...(isolation.isPrivileged ? [] : isolation.devices.map(device => watch(`uses the device ${device}`))),
		...isolation.volumesFrom.map(other =>
			plain(`mounts the volumes of ${context.nameOf(other.split(':')[0] ?? other)}`),
		),
		isRoot ? plain('runs as root inside') : good(`runs as ${program.user}, not as root`),
	];
	const order: readonly (Token | undefined)[] = ['trouble', 'watch', undefined, 'good'];
	return order.flatMap(tone => all.filter(finding => finding.tone === tone));
};
