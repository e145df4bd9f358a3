package io.notagenbench.benchmark.state;

import io.notagenbench.load.ServiceUnderTest;
import io.notagenbench.load.SingleRequests;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A service that has a text in its cache. */
@State(Scope.Benchmark)
public class HitState {

    private static final long SEED = 0;

    /** Where the text is: {@code caffeine}, in the memory of the service, or {@code redis}, in a Redis of its own. */
    @Param({"caffeine", "redis"})
    public String cache;

    private ServiceUnderTest service;
    private SingleRequests client;

    /** Starts the service and asks until the text is in the cache, which it reaches behind its first answer. */
    @Setup(Level.Trial)
    public void start(ServiceState engine) throws InterruptedException {
        service = engine.start(1, cache);
        client = new SingleRequests(service.uri(), engine.parameters());
        for (int tries = 0; tries < 1_000 && !client.ask(SEED, "").equals("hit"); tries++) {
            Thread.sleep(5);
        }
    }

    /** @throws io.notagenbench.fault.Fault (failed) if the text is not from the cache */
    public String ask() {
        return client.ask(SEED, "hit");
    }

    /** Stops the service, and compares the text with that of the engine alone. */
    @TearDown(Level.Trial)
    public void stop() {
        service.close();
        client.compare();
    }
}
