package io.notagenbench.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.notagenbench.device.ProcessVariables;
import io.notagenbench.device.ScratchFolder;
import io.notagenbench.device.cuda.CudaLibraries;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** ONNX Runtime in this process, started once. */
final class OnnxEnvironment {

    /**
     * ONNX Runtime 1.29 matches a regular expression against the command line of the process while it starts, recursing
     * for every character: a class path of some 4,000 characters overflows the stack of a Java thread and ends the
     * process without a word.
     */
    private static final long STACK_BYTES = 256L << 20;

    private static OrtEnvironment running;
    /** Why it did not start; its classes tell that only once. */
    private static Fault failure;

    private OnnxEnvironment() {
    }

    /**
     * The environment, started if it is not running.
     *
     * @param device for CUDA, the provider's libraries are made ready, too
     * @throws Fault (failed) if it does not start, with the reason
     */
    static synchronized OrtEnvironment get(Device device) {
        if (failure != null) {
            throw failure;
        }
        if (device.kind() == Device.Kind.CUDA) {
            CudaLibraries.forOnnxRuntime();
        }
        OnnxLibraries.prepare(device);
        if (running == null) {
            running = start();
        }
        return running;
    }

    private static OrtEnvironment start() {
        // It would ask its maker's server, write a log and keep a database; its own switch in Java comes too late.
        ProcessVariables.setDefault("ORT_DISABLE_TELEMETRY", "1");
        ScratchFolder.require();
        try {
            return onDeepStack();
        } catch (CompletionException e) {
            failure = Fault.failed("ONNX Runtime " + OnnxLibraries.version() + " does not start: " + root(e).getMessage()
                    + "; choose backend=pytorch.", e);
            throw failure;
        } finally {
            removeTemporaryFolder();
        }
    }

    private static OrtEnvironment onDeepStack() {
        CompletableFuture<OrtEnvironment> environment = new CompletableFuture<>();
        new Thread(null, () -> {
            try {
                environment.complete(OrtEnvironment.getEnvironment());
            } catch (RuntimeException | LinkageError e) {
                environment.completeExceptionally(e);
            }
        }, "onnxruntime-start", STACK_BYTES).start();
        return environment.join();
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /**
     * Removes the folder that ONNX Runtime makes for libraries, which is empty since they are elsewhere: it would stay
     * where the process is killed.
     */
    private static void removeTemporaryFolder() {
        try {
            Field field = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("tempDirectory");
            field.setAccessible(true);
            Path folder = (Path) field.get(null);
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (ReflectiveOperationException | LinkageError | IOException e) {
            // it did not start, or its libraries are there: it removes them itself when the process ends
        }
    }
}
