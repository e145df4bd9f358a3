package io.notagenbench.benchmark.state;

import io.notagenbench.load.ServiceUnderTest;
import io.notagenbench.load.SingleRequests;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A service that is asked for another text each time. */
@State(Scope.Benchmark)
public class MissState {

    /** Where the text is looked for, and kept: {@code none}, {@code caffeine} or {@code redis}. */
    @Param({"none", "caffeine", "redis"})
    public String cache;

    private ServiceUnderTest service;
    private SingleRequests client;
    private String origin;
    private long seed;

    /** Starts the service. */
    @Setup(Level.Trial)
    public void start(ServiceState engine) {
        service = engine.start(1, cache);
        client = new SingleRequests(service.uri(), engine.parameters());
        origin = client.ask(seed++, "");
    }

    /** @throws io.notagenbench.fault.Fault (failed) if the text is from a cache */
    public String ask() {
        return client.ask(seed++, origin);
    }

    /** Stops the service, and compares texts with those of the engine alone. */
    @TearDown(Level.Trial)
    public void stop() {
        service.close();
        client.compare();
    }
}
