// Counts the events that an npm AMI library delivers, until the one that ends the stream; prints {events, ms}.
// usage: node ami-peer.cjs FOLDER yana|asterisk-manager PORT
'use strict';
const path = require('node:path');
const util = require('node:util');

// yana asks util.isArray, which newer versions of Node no longer have.
if (!util.isArray) util.isArray = Array.isArray;
const [, , folder, name, port] = process.argv;
const library = require(path.join(folder, 'node_modules', name));

let events = 0;
let began = 0n;
function count(event) {
  if (events++ === 0) began = process.hrtime.bigint();
  if ((event.Event || event.event) !== 'FloorEnd') return;
  const ms = Number(process.hrtime.bigint() - began) / 1e6;
  process.stdout.write(JSON.stringify({ events, ms }) + '\n', () => process.exit(0));
}

if (name === 'yana') {
  const ami = new library({ host: '127.0.0.1', port: Number(port), login: 'floor', password: 'floor' });
  ami.on('event', count);
  ami.on('error', error => { console.error(String(error)); process.exit(1); });
  ami.connect();
} else {
  const ami = new library(Number(port), '127.0.0.1', 'floor', 'floor', true);
  ami.on('managerevent', count);
}
