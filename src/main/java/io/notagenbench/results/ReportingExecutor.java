package io.notagenbench.results;

import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of threads, as JMH's own executor has, that also reports what a benchmark throws: its setup, its body and its
 * teardown run here. JMH makes it because of the system property {@code jmh.executor.class}.
 */
public final class ReportingExecutor extends ThreadPoolExecutor {

    /** JMH wraps an exception, and so does reflection. */
    private static final int WRAPPERS = 2;

    private final long began = System.nanoTime();

    /** The constructor that JMH calls. */
    public ReportingExecutor(int threads, String prefix) {
        super(threads, threads, 0, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>());
        AtomicInteger number = new AtomicInteger();
        setThreadFactory(task -> {
            Thread thread = new Thread(task, prefix + "-jmh-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return super.newTaskFor(() -> {
            try {
                return task.call();
            } catch (Exception e) {
                ForkReporter.failed(unwrapped(e));
                throw e;
            }
        });
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < WRAPPERS && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        return cause;
    }

    @Override
    protected void terminated() {
        ForkReporter.ended((System.nanoTime() - began) / 1e9);
    }
}
