import { createRequire } from 'node:module';
import type { Socket } from 'node:net';

/** The parts of the driver's connection (mongodb 7.5) that are reached into. */
interface DriverConnection {
  closed: boolean;
  socket: Socket;
  cleanup(error: Error): void;
}

/**
 * A command that finds its socket full waits for `drain` or `error`. The driver ends a connection that its peer has closed,
 * or that it gives up itself, without an `error`, and then that command never ends, and whoever waits for it: a consumer, a
 * loop under a lease, a request. Here it gets the error with which the connection ended, and is tried again like any other.
 */
export function endWritesOfClosedConnections(): void {
  // Of the copy that mongoose uses.
  const load = createRequire(require.resolve('mongoose'));
  const { Connection } = load('mongodb/lib/cmap/connection') as { Connection: { prototype: DriverConnection } };
  const { prototype } = Connection;
  const { cleanup } = prototype;
  if (mended.has(cleanup)) return;
  const mending = function (this: DriverConnection, error: Error): void {
    if (this.closed) return;
    cleanup.call(this, error);
    if (this.socket.listenerCount('drain') > 0) this.socket.emit('error', error);
  };
  mended.add(mending);
  prototype.cleanup = mending;
}

const mended = new WeakSet<DriverConnection['cleanup']>();
