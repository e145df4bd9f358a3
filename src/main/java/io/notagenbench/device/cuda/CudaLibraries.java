package io.notagenbench.device.cuda;

import com.sun.jna.NativeLibrary;
import io.notagenbench.device.BundledLibrary;
import io.notagenbench.device.Jna;
import io.notagenbench.device.LibraryFolder;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;

/**
 * The libraries of CUDA 12 that come with a build with {@code -Pcuda}, so that a machine needs nothing but the driver:
 * the runtime and cuRAND from one jar, cuBLAS from PyTorch's. Unpacked once into the cache folder.
 */
public final class CudaLibraries {

    private static final String REDISTRIBUTED = "/org/bytedeco/cuda/linux-x86_64/";
    private static final String RUNTIME = REDISTRIBUTED + "libcudart.so.12";
    private static final String RANDOM = REDISTRIBUTED + "libcurand.so.10";
    private static final String PYTORCH_NATIVES = "native/lib/pytorch.properties";

    private CudaLibraries() {
    }

    /**
     * Puts the runtime where DJL looks for it: without one it counts no devices, and takes the CPU in silence.
     *
     * @throws Fault (failed) if it cannot be unpacked
     */
    public static void forPyTorch() {
        Jna.require();
        NativeLibrary.addSearchPath("cudart", unpacked(List.of(RUNTIME)).toString());
    }

    /**
     * Loads what ONNX Runtime's CUDA provider is linked to, in the order of their needs: it finds what is loaded
     * already by its name.
     *
     * @throws Fault (failed) if a library cannot be unpacked or loaded, with its name
     */
    public static void forOnnxRuntime() {
        List<String> resources = List.of(RUNTIME, cublas("libcublasLt"), cublas("libcublas-"), RANDOM);
        Path folder = unpacked(resources);
        for (String resource : resources) {
            Path library = folder.resolve(name(resource));
            try {
                System.load(library.toString());
            } catch (UnsatisfiedLinkError e) {
                throw Fault.failed("The CUDA library " + library.getFileName() + " does not load: " + e.getMessage()
                        + "; choose device=cpu, or delete " + folder + " to have it unpacked again.", e);
            }
        }
    }

    /** The folder that holds them. */
    private static Path unpacked(List<String> resources) {
        return LibraryFolder.inCache().holding("CUDA", "cuda-12", resources.stream().map(CudaLibraries::library).toList());
    }

    static BundledLibrary library(String resource) {
        return BundledLibrary.find(resource).orElseThrow(() -> missing(name(resource)));
    }

    private static String name(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }

    /** The place of a library in PyTorch's jar, which puts a hash into its file name. */
    private static String cublas(String prefix) {
        try {
            for (URL url : Collections.list(CudaLibraries.class.getClassLoader().getResources(PYTORCH_NATIVES))) {
                Properties natives = new Properties();
                try (InputStream in = url.openStream()) {
                    natives.load(in);
                }
                String flavor = natives.getProperty("flavor", "");
                if (flavor.startsWith("cu12")) {
                    return Arrays.stream(natives.getProperty("libraries").split(","))
                            .filter(name -> name.startsWith(prefix)).findFirst()
                            .map(name -> "/pytorch/" + flavor + "/" + natives.getProperty("classifier") + "/" + name)
                            .orElseThrow(() -> missing(prefix));
                }
            }
        } catch (IOException e) {
            throw Fault.failed("The class path cannot be read: " + e.getMessage(), e);
        }
        throw missing(prefix);
    }

    private static Fault missing(String library) {
        return Fault.failed("The CUDA library " + library + " is not on the class path: build with mvn -Pcuda -DskipTests"
                + " package and keep lib/ beside benchmarks.jar, or choose device=cpu.");
    }
}
