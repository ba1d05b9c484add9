import {accountCommands} from './accounts.ts';
import {alarmCommands} from './alarms.ts';
import {buildCommands} from './build.ts';
import {changeCommands} from './changes.ts';
import {compareCommands} from './compare.ts';
import {containerScreenCommands} from './container-screen.ts';
import {containerCommands} from './containers.ts';
import {dialogCommands} from './dialog.ts';
import {engineCommands} from './engines.ts';
import {factsCommands} from './facts-view.ts';
import {fileCommands} from './files.ts';
import {filterCommands} from './filter.ts';
import {globalCommands} from './global.ts';
import {historyCommands} from './history.ts';
import {imageConfigCommands} from './image-config.ts';
import {imageJobCommands} from './image-jobs.ts';
import {imageScreenCommands} from './image-screen.ts';
import {imageCommands} from './images.ts';
import {inspectCommands} from './inspect-view.ts';
import {layerCommands} from './layers.ts';
import {listCommands} from './lists.ts';
import {logCommands} from './log-view.ts';
import {moveCommands} from './move.ts';
import {operationCommands} from './operations.ts';
import {outdatedCommands} from './outdated.ts';
import {processCommands} from './processes.ts';
import {pushCommands} from './push.ts';
import {recreateCommands} from './recreate.ts';
import {registryCommands} from './registries.ts';
import {searchCommands} from './search.ts';
import {sessionCommands} from './sessions.ts';
import {statsViewCommands} from './stats-view.ts';
import {transferScreenCommands} from './transfer-screen.ts';
import {transferCommands} from './transfers.ts';
import type {Command} from './types.ts';
import {wasteCommands} from './waste.ts';

/** Everything a user can do. Keymap, footer, help, palette and docs/keys.md all follow from it. */
export const commands: readonly Command[] = [
	...containerCommands,
	...alarmCommands,
	...sessionCommands,
	...operationCommands,
	...recreateCommands,
	...imageCommands,
	...imageScreenCommands,
	...layerCommands,
	...wasteCommands,
	...historyCommands,
	...imageConfigCommands,
	...compareCommands,
	...imageJobCommands,
	...buildCommands,
	...transferCommands,
	...registryCommands,
	...accountCommands,
	...searchCommands,
	...outdatedCommands,
	...pushCommands,
	...moveCommands,
	...transferScreenCommands,
	...containerScreenCommands,
	...logCommands,
	...statsViewCommands,
	...processCommands,
	...inspectCommands,
	...factsCommands,
	...changeCommands,
	...fileCommands,
	...listCommands,
	...globalCommands,
	...engineCommands,
	...filterCommands,
	...dialogCommands,
];
