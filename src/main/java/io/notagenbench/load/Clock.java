package io.notagenbench.load;

import java.util.concurrent.locks.LockSupport;

/** The time that requests are sent by. */
interface Clock {

    /** That of the machine. */
    Clock MACHINE = new Clock() {

        /** A thread that sleeps wakes up later than it wants to, by less than this as a rule. */
        private static final long OVERSLEPT = 200_000;

        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public void until(long nanos) throws InterruptedException {
            for (long left = nanos - now(); left > 0; left = nanos - now()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (left > OVERSLEPT) {
                    LockSupport.parkNanos(left - OVERSLEPT);
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    };

    /** Nanoseconds since any moment, as {@link System#nanoTime} tells them. */
    long now();

    /** Waits until it is that late. */
    void until(long nanos) throws InterruptedException;
}
