import type {ComponentType} from 'react';
import type {Screen} from '../state/model.ts';
import {ContainerScreen} from './container.tsx';
import {DashboardScreen} from './dashboard.tsx';
import {DocumentScreen} from './document.tsx';
import {LogsScreen} from './logs.tsx';

export const screens: Readonly<Record<Screen['kind'], ComponentType>> = {
	dashboard: DashboardScreen,
	container: ContainerScreen,
	logs: LogsScreen,
	document: DocumentScreen,
};
