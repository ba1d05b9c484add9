import type {IsolationFacts} from '../container-facts.ts';
import {type Fields, list, number, record, text, textMap, texts, truth} from './read.ts';

const capability = (name: string): string => name.toUpperCase().replace(/^CAP_/, '');

const deviceOf = ({PathOnHost, PathInContainer, CgroupPermissions}: Fields): string => {
	const [outside, inside, rights] = [text(PathOnHost), text(PathInContainer), text(CgroupPermissions)];
	const path = outside === inside || inside === '' ? outside : `${outside} → ${inside}`;
	return rights === '' ? path : `${path} ${rights}`;
};

/** What `--gpus` and the like ask of a driver of devices. */
const requestOf = ({Driver, Count, DeviceIDs, Capabilities}: Fields): string => {
	const ids = texts(DeviceIDs);
	const many = number(Count) === -1 ? 'all' : String(number(Count));
	const kinds = list(Capabilities)
		.map(each => texts(each).join('+'))
		.join(' ');
	return [text(Driver), ids.length > 0 ? ids.join(',') : many, kinds].filter(part => part !== '').join(' ');
};

/** How an inspect says that the container is kept apart. */
export const decodeIsolation = (root: Fields, host: Fields): IsolationFacts => ({
	networkMode: text(host.NetworkMode),
	pidMode: text(host.PidMode),
	ipcMode: text(host.IpcMode),
	utsMode: text(host.UTSMode),
	usernsMode: text(host.UsernsMode),
	cgroupnsMode: text(host.CgroupnsMode) || text(host.CgroupMode),
	isPrivileged: truth(host.Privileged),
	addedCapabilities: texts(host.CapAdd).map(capability),
	droppedCapabilities: texts(host.CapDrop).map(capability),
	securityOptions: texts(host.SecurityOpt),
	appArmorProfile: text(root.AppArmorProfile),
	processLabel: text(root.ProcessLabel),
	isRootReadOnly: truth(host.ReadonlyRootfs),
	...(host.MaskedPaths !== undefined && {maskedPaths: texts(host.MaskedPaths)}),
	...(host.ReadonlyPaths !== undefined && {readonlyPaths: texts(host.ReadonlyPaths)}),
	devices: [
		...list(host.Devices).map(record).map(deviceOf),
		...list(host.DeviceRequests).map(record).map(requestOf),
	],
	deviceRules: texts(host.DeviceCgroupRules),
	addedGroups: texts(host.GroupAdd),
	sysctls: textMap(host.Sysctls),
	volumesFrom: texts(host.VolumesFrom),
	runtime: text(host.Runtime),
});
