import type {ContainerFacts, EndpointFacts, IsolationFacts, MountFacts} from '../engine/container-facts.ts';
import {effectiveCapabilities} from './capabilities.ts';
import {absent, cell, type FactCell, type FactTable, fact, orAbsent} from './fact-table.ts';
import {
	type FindingContext,
	hasNoNewPrivileges,
	isolationFindings,
	securityOption,
	sharedWith,
} from './isolation-findings.ts';
import {portTable} from './port-table.ts';

/** Networks, mounts, and how a container is kept apart: the tables in the order in which they are read. */
export const isolationTables = (facts: ContainerFacts, context: FindingContext): readonly FactTable[] => [
	...facts.networks.map(endpointTable),
	portTable(facts.ports),
	mountTable(facts.mounts),
	nameTable(facts),
	findingTable(facts, context),
	namespaceTable(facts.isolation, context),
	capabilityTable(facts, context),
	securityTable(facts.isolation),
];

const endpointTable = (end: EndpointFacts): FactTable => ({
	headers: [`Network ${end.network}`, ''],
	rows: [
		fact('IPv4 address', orAbsent(end.ipv4, 'none now')),
		...(end.wanted === '' ? [] : [fact('asked for', cell(end.wanted))]),
		fact('gateway', orAbsent(end.gateway, 'none')),
		...(end.ipv6 === ''
			? []
			: [fact('IPv6 address', cell(end.ipv6)), fact('IPv6 gateway', orAbsent(end.gateway6, 'none'))]),
		fact('MAC address', orAbsent(end.mac, 'none now')),
		fact('aliases', orAbsent(end.aliases.join(', '), 'none')),
		...(end.dnsNames.length === 0 ? [] : [fact('DNS names', cell(end.dnsNames.join(', ')))]),
	],
	side: 'left',
});

const mountTable = (mounts: readonly MountFacts[]): FactTable => ({
	headers: [`Mount (${mounts.length})`, 'Type', 'Source', 'Mode'],
	rows: mounts.map(({type, name, source, target, isWritable, options, propagation}) => [
		cell(target, 'info'),
		cell(type),
		orAbsent(name === '' ? source : `${name}\n${source}`.trim(), '-'),
		cell(
			[isWritable ? 'rw' : 'ro', options, propagation]
				.flatMap(part => part.split(','))
				.filter((part, index, all) => part !== '' && all.indexOf(part) === index)
				.join(' '),
			isWritable ? undefined : 'good',
		),
	]),
	side: 'left',
});

const nameTable = ({names}: ContainerFacts): FactTable => ({
	headers: ['Names', ''],
	rows: [
		fact('DNS servers', orAbsent(names.servers.join(', '), "the engine's own")),
		...(names.search.length === 0 ? [] : [fact('DNS search', cell(names.search.join(', ')))]),
		...(names.options.length === 0 ? [] : [fact('DNS options', cell(names.options.join(', ')))]),
		fact('extra hosts', orAbsent(names.extraHosts.join('\n'), 'none')),
		...(names.links.length === 0 ? [] : [fact('links', cell(names.links.join('\n')))]),
	],
	side: 'left',
});

const findingTable = (facts: ContainerFacts, context: FindingContext): FactTable => ({
	headers: ['What it shares, and what keeps it apart'],
	rows: isolationFindings(facts, context).map(({text, tone}) => [cell(text, tone)]),
	side: 'right',
});

/** @param own what an empty mode, or one for its own, means */
const namespaceCell = (mode: string, own: string, {nameOf}: FindingContext): FactCell => {
	if (mode === 'host') return cell("the host's", 'watch');
	const other = sharedWith(mode);
	if (other !== undefined) return cell(`of the container ${nameOf(other)}`, 'watch');
	if (mode === '') return absent(own);
	return cell(mode === 'private' ? 'its own' : `its own (${mode})`);
};

const namespaceTable = (isolation: IsolationFacts, context: FindingContext): FactTable => ({
	headers: ['Namespace', ''],
	rows: [
		fact(
			'network',
			isolation.networkMode === 'none'
				? cell('its own, connected to nothing (none)', 'good')
				: namespaceCell(isolation.networkMode, 'its own', context),
		),
		fact('PID', namespaceCell(isolation.pidMode, 'its own', context)),
		fact('IPC', namespaceCell(isolation.ipcMode, "the engine's default", context)),
		fact('UTS (hostname)', namespaceCell(isolation.utsMode, 'its own', context)),
		fact(
			'user',
			namespaceCell(isolation.usernsMode, "the engine's: the host's, unless it remaps users", context),
		),
		fact('cgroup', namespaceCell(isolation.cgroupnsMode, "the engine's default", context)),
		...(isolation.runtime === '' ? [] : [fact('runtime', cell(isolation.runtime))]),
	],
	side: 'right',
});

const capabilityTable = ({isolation, program}: ContainerFacts, {isPodman}: FindingContext): FactTable => {
	const effective = effectiveCapabilities(isolation, isPodman);
	const but = effective.kind === 'all' && effective.but.length > 0 ? `, but ${effective.but.join(' ')}` : '';
	const isOther = !['', '0', 'root'].includes(program.user.split(':')[0] ?? '');
	return {
		headers: ['Capabilities', ''],
		rows: [
			fact(
				'added',
				isolation.addedCapabilities.length === 0
					? absent('none')
					: cell(isolation.addedCapabilities.join(' '), 'watch'),
			),
			fact('dropped', orAbsent(isolation.droppedCapabilities.join(' '), 'none')),
			fact(
				'so it may have',
				effective.kind === 'all' ? cell(`ALL${but}`, 'trouble') : orAbsent(effective.names.join(' '), 'none'),
			),
			...(isOther
				? [fact('', absent(`as ${program.user} it has them only through programs that grant them`))]
				: []),
		],
		side: 'right',
	};
};

const seccompText = (isolation: IsolationFacts): FactCell => {
	const profile = securityOption(isolation, 'seccomp');
	if (isolation.isPrivileged) return cell('off (privileged)', 'trouble');
	if (profile === undefined) return absent("the engine's default profile");
	if (profile === 'unconfined') return cell('off (unconfined)', 'trouble');
	return cell(profile.startsWith('{') ? 'a profile of its own' : profile);
};

const appArmorText = ({isPrivileged, appArmorProfile}: IsolationFacts): FactCell => {
	if (isPrivileged) return cell('off (privileged)', 'trouble');
	if (appArmorProfile === '') return absent('no profile');
	return cell(appArmorProfile, appArmorProfile === 'unconfined' ? 'trouble' : undefined);
};

const pathsCell = (paths: readonly string[] | undefined): FactCell => {
	if (paths === undefined) return absent('not told');
	return paths.length === 0 ? cell('none', 'watch') : cell(paths.join(' '));
};

const securityTable = (isolation: IsolationFacts): FactTable => ({
	headers: ['Security', ''],
	rows: [
		fact('privileged', isolation.isPrivileged ? cell('yes', 'trouble') : absent('no')),
		fact('seccomp', seccompText(isolation)),
		fact('AppArmor', appArmorText(isolation)),
		fact('SELinux label', orAbsent(isolation.processLabel, 'none')),
		fact(
			'new privileges',
			hasNoNewPrivileges(isolation) ? cell('not possible', 'good') : absent('possible (setuid programs)'),
		),
		fact('root file system', isolation.isRootReadOnly ? cell('read-only', 'good') : absent('writable')),
		fact('masked paths', pathsCell(isolation.maskedPaths)),
		fact('read-only paths', pathsCell(isolation.readonlyPaths)),
		fact(
			'devices',
			isolation.isPrivileged
				? cell("all of the host's", 'trouble')
				: orAbsent(isolation.devices.join('\n'), 'none'),
		),
		...(isolation.deviceRules.length === 0
			? []
			: [fact('device rules', cell(isolation.deviceRules.join('\n'), 'watch'))]),
		...(isolation.addedGroups.length === 0
			? []
			: [fact('added groups', cell(isolation.addedGroups.join(' ')))]),
		...Object.entries(isolation.sysctls).map(([name, value]) => fact(`sysctl ${name}`, cell(value))),
	],
	side: 'right',
});
