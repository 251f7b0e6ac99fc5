/**
 * Main — the process of one package, named by the first argument: prints its times as JSON.
 */
import * as official from '@cedar-policy/cedar-wasm/nodejs';
import * as ours from '../../../src/cedar-wasm/index.ts';
import { type Package, timesOf } from './calls.ts';

const [name, effort] = process.argv.slice(2);
const asked = (name === 'cedarmill' ? ours : official) as unknown as Package;
process.stdout.write(JSON.stringify(timesOf(asked, effort === 'quick' ? 'quick' : 'full')));
