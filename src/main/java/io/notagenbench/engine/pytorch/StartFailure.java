package io.notagenbench.engine.pytorch;

import ai.djl.util.Platform;
import io.notagenbench.fault.Fault;
import java.io.IOException;

/** Why PyTorch does not start, and what to do. */
final class StartFailure {

    private StartFailure() {
    }

    /** @param engine name and version of the engine, whose libraries are not on the class path */
    static Fault missingLibraries(String engine) {
        return Fault.failed(engine + " does not start: its libraries for " + Platform.fromSystem("pytorch").getClassifier()
                + " are not on the class path; build the suite on such a machine with mvn package, and keep lib/ beside"
                + " benchmarks.jar.");
    }

    /**
     * @param engine  name and version of the engine
     * @param failure what starting it threw
     */
    static Fault of(String engine, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String said = root instanceof IOException ? root.toString() : String.valueOf(root.getMessage());
        return Fault.failed(engine + " does not start: " + said + DjlVariables.hint(said, TorchLibraries::given) + ".", failure);
    }
}
