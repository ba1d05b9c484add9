import {exactBytes} from '../../format/bytes.ts';
import {number, record, text, texts} from '../decode/read.ts';
import {sayDeviceRequests} from './say-devices.ts';
import {sayMounts} from './say-mounts.ts';
import {sayPorts} from './say-ports.ts';
import {bytes, each, flag, objects, pairs, type Saying, throttle, toggle} from './words.ts';

/** How `docker run` says each field of `HostConfig`, in the order in which a person would. */
export const hostSayings: Readonly<Record<string, Saying>> = {
	AutoRemove: toggle('--rm'),
	RestartPolicy: value => {
		const {Name: name, MaximumRetryCount: count} = record(value);
		return ['--restart', number(count) > 0 ? `${text(name)}:${number(count)}` : text(name)];
	},
	PublishAllPorts: toggle('--publish-all'),
	PortBindings: sayPorts,
	Binds: each('--volume'),
	Mounts: sayMounts,
	Tmpfs: pairs('--tmpfs', ':'),
	VolumesFrom: each('--volumes-from'),
	VolumeDriver: flag('--volume-driver'),
	Links: each('--link'),
	ExtraHosts: each('--add-host'),
	Dns: each('--dns'),
	DnsSearch: each('--dns-search'),
	DnsOptions: each('--dns-option'),
	Memory: bytes('--memory'),
	MemoryReservation: bytes('--memory-reservation'),
	MemorySwap: value => ['--memory-swap', number(value) < 0 ? '-1' : exactBytes(number(value))],
	MemorySwappiness: flag('--memory-swappiness'),
	KernelMemory: bytes('--kernel-memory'),
	NanoCpus: value => ['--cpus', String(number(value) / 1e9)],
	CpuShares: flag('--cpu-shares'),
	CpuPeriod: flag('--cpu-period'),
	CpuQuota: flag('--cpu-quota'),
	CpuRealtimePeriod: flag('--cpu-rt-period'),
	CpuRealtimeRuntime: flag('--cpu-rt-runtime'),
	CpusetCpus: flag('--cpuset-cpus'),
	CpusetMems: flag('--cpuset-mems'),
	CpuCount: flag('--cpu-count'),
	CpuPercent: flag('--cpu-percent'),
	IOMaximumIOps: flag('--io-maxiops'),
	IOMaximumBandwidth: flag('--io-maxbandwidth'),
	PidsLimit: flag('--pids-limit'),
	BlkioWeight: flag('--blkio-weight'),
	BlkioWeightDevice: objects(
		'--blkio-weight-device',
		({Path: path, Weight: weight}) => `${text(path)}:${number(weight)}`,
	),
	BlkioDeviceReadBps: throttle('--device-read-bps'),
	BlkioDeviceWriteBps: throttle('--device-write-bps'),
	BlkioDeviceReadIOps: throttle('--device-read-iops'),
	BlkioDeviceWriteIOps: throttle('--device-write-iops'),
	Ulimits: objects('--ulimit', ({Name: name, Soft: soft, Hard: hard}) =>
		number(soft) === number(hard)
			? `${text(name)}=${number(soft)}`
			: `${text(name)}=${number(soft)}:${number(hard)}`,
	),
	OomKillDisable: toggle('--oom-kill-disable'),
	OomScoreAdj: flag('--oom-score-adj'),
	Devices: objects('--device', ({PathOnHost: from, PathInContainer: to, CgroupPermissions: mode}) =>
		text(mode) === 'rwm' || text(mode) === ''
			? `${text(from)}:${text(to)}`
			: `${text(from)}:${text(to)}:${text(mode)}`,
	),
	DeviceRequests: sayDeviceRequests,
	DeviceCgroupRules: each('--device-cgroup-rule'),
	CapAdd: each('--cap-add'),
	CapDrop: each('--cap-drop'),
	Privileged: toggle('--privileged'),
	// A profile is a file to the client and its content to the engine.
	SecurityOpt: value =>
		texts(value).some(option => /^seccomp=\s*\{/.test(option)) ? undefined : each('--security-opt')(value),
	PidMode: flag('--pid'),
	IpcMode: flag('--ipc'),
	UTSMode: flag('--uts'),
	UsernsMode: flag('--userns'),
	CgroupnsMode: flag('--cgroupns'),
	GroupAdd: each('--group-add'),
	ShmSize: bytes('--shm-size'),
	Sysctls: pairs('--sysctl'),
	ReadonlyRootfs: toggle('--read-only'),
	Init: toggle('--init'),
	LogConfig: value => {
		const {Type: type, Config: options} = record(value);
		return ['--log-driver', text(type), ...(pairs('--log-opt')(options) ?? [])];
	},
	StorageOpt: pairs('--storage-opt'),
	CgroupParent: flag('--cgroup-parent'),
	Runtime: flag('--runtime'),
	Isolation: flag('--isolation'),
	Annotations: pairs('--annotation'),
};
