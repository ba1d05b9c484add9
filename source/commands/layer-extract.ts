import {stat} from 'node:fs/promises';
import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {counted} from '../format/counted.ts';
import {shownPath} from '../layers/tree/paths.ts';
import type {State} from '../state/model.ts';
import {cursorNode} from '../state/selectors/layer-cursor.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {pathsOf} from './layer-targets.ts';
import {imageReason} from './layer-view.ts';
import {needsTree} from './layers-scopes.ts';
import {type Command, FormProblem} from './types.ts';

export const extractCommand: Command = {
	id: 'layerFiles.extract',
	scope: 'layerFiles',
	title: 'extract',
	help: 'Extracts the marked files and directories to a directory of this machine, with modes and times',
	keys: ['x'],
	group: 'act',
	inFooter: 0.14,
	run: () => {},
};
