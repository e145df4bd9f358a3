package io.notagenbench.profiler;

import java.util.concurrent.locks.LockSupport;

/** A thread that samples a meter during an iteration, if the meter needs it. */
final class SamplingThread {

    private static final double PERCENT = 100;

    private final IterationMeter meter;
    private final long intervalNanos;
    private final long start = System.nanoTime();
    private final Thread thread;
    private volatile boolean stopped;
    private long readingNanos;
    private RuntimeException failure;

    /** Begins an iteration and the readings in it. */
    SamplingThread(String name, int millis, IterationMeter meter) {
        this.meter = meter;
        intervalNanos = millis * 1_000_000L;
        meter.begin();
        thread = new Thread(this::run, "profiler-" + name);
        if (meter.isSampled()) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void run() {
        try {
            do {
                read();
                LockSupport.parkNanos(intervalNanos);
            } while (!stopped);
            read();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void read() {
        long begun = System.nanoTime();
        meter.sample();
        readingNanos += System.nanoTime() - begun;
    }

    /**
     * Ends the readings with a last one.
     *
     * @return what they took, in percent of one core
     * @throws RuntimeException that a reading ended with
     */
    double stop() {
        abandon();
        if (failure != null) {
            throw failure;
        }
        return PERCENT * readingNanos / (System.nanoTime() - start);
    }

    /** Ends the readings of an iteration that failed, and ignores their own failures. */
    void abandon() {
        stopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
