package io.notagenbench.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.notagenbench.fault.Fault;

/** PyTorch in this process: started once, from the natives on the class path, without the network. */
final class PyTorchEngine {

    private PyTorchEngine() {
    }

    /**
     * Starts PyTorch if it is not running, and sets how many threads an operator uses.
     *
     * @throws Fault if the natives are missing or do not load
     */
    static void start(int threads) {
        offline();
        OpenMp.boundSpinning();
        try {
            Engine.getEngine("PyTorch");
            JniUtils.setNumThreads(threads);
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw Fault.failed("PyTorch does not start: " + rootMessage(e)
                    + "; see what is missing with: java -jar benchmarks.jar doctor", e);
        }
    }

    /** DJL would ask its own server for natives and report its use; both are off unless the person set them. */
    private static void offline() {
        setDefault("ai.djl.offline", "true");
        setDefault("OPT_OUT_TRACKING", "true");
        setDefault("ai.djl.pytorch.num_interop_threads", "1");
    }

    private static void setDefault(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
