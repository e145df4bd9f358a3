package io.notagenbench.device.jcuda;

import io.notagenbench.device.BundledLibrary;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import jcuda.driver.JCudaDriver;

/**
 * JCuda's native library. JCuda loads whatever has its name in the temporary folder: the half that a killed process has
 * written, or what another user has put there. So it looks into a folder of the cache while it loads.
 */
final class JCudaLibrary {

    private static final String TEMPORARY = "java.io.tmpdir";

    private static boolean loaded;

    private JCudaLibrary() {
    }

    /**
     * Loads it, if it is not loaded.
     *
     * @throws Fault        (failed) if it cannot be unpacked
     * @throws LinkageError if it does not load
     */
    static synchronized void load() {
        if (loaded) {
            return;
        }
        String name = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName("JCudaDriver-" + JCudaVersion.get()));
        BundledLibrary library = BundledLibrary.find("/lib/" + name).orElseThrow(() -> Fault.failed("JCuda's library " + name
                + " is not on the class path: keep lib/ beside benchmarks.jar, or choose device=cpu."));
        Path folder = LibraryFolder.inCache().holding("JCuda", "jcuda-" + library.version(), List.of(library));
        String temporary = System.getProperty(TEMPORARY);
        System.setProperty(TEMPORARY, folder.toString());
        try {
            JCudaDriver.setExceptionsEnabled(true);
            loaded = true;
        } finally {
            System.setProperty(TEMPORARY, temporary);
        }
    }
}
