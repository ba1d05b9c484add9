import type {ComponentType} from 'react';
import type {Screen} from '../state/model.ts';
import {BuildScreen} from './build.tsx';
import {CompareScreen} from './compare.tsx';
import {ContainerScreen} from './container.tsx';
import {DashboardScreen} from './dashboard.tsx';
import {ImageScreen} from './image.tsx';
import {LogsScreen} from './logs.tsx';
import {OutdatedScreen} from './outdated.tsx';
import {RegistryScreen} from './registries.tsx';
import {SearchScreen} from './search.tsx';
import {TransferScreen} from './transfer.tsx';
import {TransfersScreen} from './transfers.tsx';

export const screens: Readonly<Record<Screen['kind'], ComponentType>> = {
	dashboard: DashboardScreen,
	container: ContainerScreen,
	logs: LogsScreen,
	image: ImageScreen,
	compare: CompareScreen,
	build: BuildScreen,
	transfers: TransfersScreen,
	transfer: TransferScreen,
	registry: RegistryScreen,
	search: SearchScreen,
	outdated: OutdatedScreen,
};
