package io.notagenbench.benchmark.state;

import io.notagenbench.load.ServiceUnderTest;
import io.notagenbench.params.Parameters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How a service runs its model. The model is in the process of the service. */
@State(Scope.Benchmark)
public class ServiceState extends EngineParameters {

    Parameters parameters() {
        return ParameterFields.of(this);
    }

    /** A service of its own, to be closed. */
    ServiceUnderTest start(int batch, String cache) {
        return new ServiceUnderTest(parameters(), batch, cache, System.err::println);
    }
}
