package io.notagenbench.benchmark.state;

import io.notagenbench.engine.DeviceOwner;
import io.notagenbench.engine.EngineSettings;
import io.notagenbench.engine.OperatorChain;
import io.notagenbench.engine.RooflineProbes;
import io.notagenbench.fault.Fault;
import io.notagenbench.fault.Outcome;
import io.notagenbench.params.Backend;
import io.notagenbench.params.Defaults;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Operators on a single element: a call with one of them, and a call with {@link #LONG}, in which the call itself is
 * cheap.
 */
@State(Scope.Benchmark)
public class ChainState {

    /** About as many operators as the passes of a few patches have. */
    public static final int LONG = 1_000;

    /** The inference engine; by default each of them. */
    @Param
    public Backend backend;

    /** Where the operators run. */
    @Param(Defaults.DEVICE)
    public String device;

    /** CPU threads of the engine; 0 is one for each physical core. */
    @Param(Defaults.THREADS)
    public String threads;

    private DeviceOwner owner;
    private OperatorChain single;
    private OperatorChain chain;

    /**
     * Builds both chains and runs each once.
     *
     * @throws Fault (failed) that begins with {@code WRONG_OUTPUT} if an operator is left out
     */
    @Setup(Level.Trial)
    public void open() {
        EngineSettings settings = EngineSettings.of(ParameterFields.of(this));
        RooflineProbes probes = RooflineProbes.of(settings.backend());
        owner = DeviceOwner.of(settings, 0);
        single = owner.load(() -> probes.operatorChain(settings, 1));
        chain = owner.load(() -> probes.operatorChain(settings, LONG));
        Placement.announce(settings.device(), owner.place());
        require(1, call());
        require(LONG, launches());
    }

    private static void require(int operators, float counted) {
        if (counted != operators) {
            throw Fault.failed(Outcome.WRONG_OUTPUT, "a chain of " + operators + " operators counts to " + counted);
        }
    }

    /** Calls the engine with one operator; returns 1. */
    public float call() {
        return single.run();
    }

    /** Calls the engine with {@link #LONG} operators; returns their number. */
    public float launches() {
        return chain.run();
    }

    @TearDown(Level.Trial)
    public void close() {
        single.close();
        chain.close();
        owner.close();
    }
}
