package io.notagenbench.engine.pytorch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Platform;
import ai.djl.util.cuda.CudaUtils;
import io.notagenbench.device.FreedMemory;
import io.notagenbench.device.Jna;
import io.notagenbench.device.OpenMp;
import io.notagenbench.device.cuda.CudaLibraries;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import java.io.IOException;

/** PyTorch in this process: started once, from the natives on the class path, without the network. */
final class PyTorchEngine {

    /** With it DJL has another process count the cards, and loads no runtime into this one. */
    private static final String COUNT_ELSEWHERE = "ai.djl.util.cuda.fork";
    /** Threads of an operator that each Java thread has set; none before its first call. */
    private static final ThreadLocal<Integer> THREADS = new ThreadLocal<>();

    private PyTorchEngine() {
    }

    /**
     * Starts PyTorch if it is not running.
     *
     * @param engine name and version, for a person
     * @param device where it is to compute; a process that began without CUDA stays without
     * @throws Fault if the natives are missing or do not load, or do not see the device
     */
    static void start(String engine, Device device) {
        offline();
        Jna.require();
        if (device.kind() == Device.Kind.CUDA) {
            CudaLibraries.forPyTorch();
        } else {
            lookForNoCuda();
        }
        OpenMp.boundSpinning();
        if (!TorchLibraries.prepare()) {
            throw Fault.failed(engine + " does not start: its libraries for " + Platform.fromSystem("pytorch").getClassifier()
                    + " are not on the class path; build the suite on such a machine with mvn package, and keep lib/ beside"
                    + " benchmarks.jar.");
        }
        try {
            RequestedDevice.requireCounted(engine, device, Engine.getEngine("PyTorch").getGpuCount());
        } catch (EngineException | LinkageError e) {
            throw failure(engine, e);
        }
    }

    private static Fault failure(String engine, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String reason = root instanceof IOException ? root.toString() : String.valueOf(root.getMessage());
        return Fault.failed(engine + " does not start: " + reason + DjlVariables.hint(reason, TorchLibraries::given) + ".", failure);
    }

    /**
     * Prepares the calling thread for a model. PyTorch keeps both settings for each thread, so another model, or a call
     * on another thread, may have left others; the script's optimiser only costs first calls here.
     *
     * @param threads threads of an operator
     */
    static void prepareThread(int threads) {
        Integer prepared = THREADS.get();
        if (prepared == null) {
            JniUtils.setGraphExecutorOptimize(false);
        }
        if (prepared == null || prepared != threads) {
            JniUtils.setNumThreads(threads);
            THREADS.set(threads);
        }
    }

    /**
     * Gives the memory of tensors that were closed back to the system and to the card: PyTorch keeps it for the next
     * ones.
     */
    static void giveBack(Device device) {
        if (device.kind() == Device.Kind.CUDA) {
            JniUtils.emptyCudaCache();
        }
        FreedMemory.giveBack();
    }

    /**
     * Keeps DJL from CUDA. It would load a runtime that is installed on the system, and natives for cards if the class
     * path has them. It looks for one only once, when this class is initialised, and not while the property is set.
     */
    private static void lookForNoCuda() {
        System.setProperty(COUNT_ELSEWHERE, "true");
        try {
            Class.forName(CudaUtils.class.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        } finally {
            System.clearProperty(COUNT_ELSEWHERE);
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
}
