package io.notagenbench.engine.pytorch;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.notagenbench.fault.Fault;
import java.nio.file.FileSystemException;

/** Why PyTorch does not start, and what to do: DJL itself only says that it wanted to download and may not. */
final class StartFailure {

    private StartFailure() {
    }

    /**
     * @param engine  name and version of the engine
     * @param failure what starting it threw
     */
    static Fault of(String engine, Throwable failure) {
        return Fault.failed(engine + " does not start: " + causeAndFix(root(failure)), failure);
    }

    private static String causeAndFix(Throwable root) {
        if (librariesAreMissing()) {
            return "its libraries for " + Platform.fromSystem("pytorch").getClassifier() + " are not on the class path; build"
                    + " the suite on such a machine with mvn package, and keep lib/ beside benchmarks.jar";
        }
        if (root instanceof FileSystemException) {
            return "its libraries cannot be unpacked (" + root.getMessage() + "); set DJL_CACHE_DIR to a folder that can be"
                    + " written and has 1 GB free";
        }
        return String.valueOf(root.getMessage());
    }

    /** Neither the person names a folder of libraries, nor do both jars stand on the class path. */
    private static boolean librariesAreMissing() {
        return Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") == null
                && (Platform.detectPlatform("pytorch").isPlaceholder() || StartFailure.class.getResource(jni()) == null);
    }

    private static String jni() {
        return "/jnilib/" + Platform.fromSystem("pytorch").getClassifier() + "/cpu/" + System.mapLibraryName("djl_torch");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
