import {loginCommand} from './login.ts';
import {logoutCommand} from './logout.ts';
import type {Command} from './types.ts';

/** From the screen of registries they are called with a host as argument. */
export const accountCommands: readonly Command[] = [loginCommand, logoutCommand];
