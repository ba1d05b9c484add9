import {useSyncExternalStore} from 'react';
import type {State} from '../state/model.ts';
import {useServices} from './services.ts';

/**
 * A part of the state; the component is drawn again only when that part is another one.
 * @param select must hand out the same reference while nothing changed: a field or a memoised selector.
 */
export const useSelector = <Part>(select: (state: State) => Part): Part => {
	const {store} = useServices();
	return useSyncExternalStore(store.subscribe, () => select(store.getState()));
};
