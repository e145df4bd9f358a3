package io.notagenbench.device.cuda;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.ptr.IntByReference;
import io.notagenbench.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrariesTest {

    private static final String OLDER_RUNTIME = "/pytorch/cu124/linux-x86_64/libcudart-8774224f.so.12";
    private static final String ONNX_PROVIDER = "/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";
    private static final int NAMES_WITHIN = 1 << 20;
    /** Without RTLD_GLOBAL. */
    private static final int RTLD_LAZY = 1;

    @Test
    void whatOnnxRuntimeNeedsLoadsWithoutAnyInstallation() {
        assertThatCode(CudaLibraries::forOnnxRuntime).doesNotThrowAnyException();
    }

    @Test
    void theRuntimeIsFoundByTheNameThatDjlAsksFor() {
        CudaLibraries.forPyTorch();
        try (NativeLibrary runtime = NativeLibrary.getInstance("cudart")) {
            assertThat(runtime.getFunction("cudaGetDeviceCount")).isNotNull();
        }
    }

    /** So {@code race} can have both engines on a card, in either order. */
    @Test
    void allEnginesOfAProcessUseOneRuntime(@TempDir Path folder) throws IOException {
        CudaLibraries.forPyTorch();
        Path older = unpacked(OLDER_RUNTIME, folder);
        try (NativeLibrary ofPyTorch = NativeLibrary.getInstance(older.toString(), Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY))) {
            CudaLibraries.forOnnxRuntime();
            assertThat(version(ofPyTorch)).isEqualTo(12_040);
            // where libraries look first
            assertThat(version(NativeLibrary.getProcess())).isEqualTo(12_090);
            // what DJL asks for, and the name by which libraries of ONNX Runtime ask for theirs
            try (NativeLibrary ofDjl = NativeLibrary.getInstance("cudart"); NativeLibrary byName = NativeLibrary.getInstance("libcudart.so.12")) {
                assertThat(List.of(version(ofDjl), version(byName))).containsOnly(12_090);
            }
        }
    }

    @Test
    void theRuntimeHasEveryFunctionThatTheEnginesCall(@TempDir Path folder) throws IOException {
        CudaLibraries.forPyTorch();
        try (NativeLibrary runtime = NativeLibrary.getInstance("cudart");
                NativeLibrary older = NativeLibrary.getInstance(unpacked(OLDER_RUNTIME, folder).toString(),
                        Map.of(Library.OPTION_OPEN_FLAGS, RTLD_LAZY))) {
            // PyTorch is linked with the older one, so it calls nothing else
            Set<String> ofPyTorch = functions(OLDER_RUNTIME).filter(name -> has(older, name)).collect(toSet());
            assertThat(ofPyTorch).hasSizeGreaterThan(300).allMatch(name -> has(runtime, name));
            Set<String> ofOnnxRuntime = functions(ONNX_PROVIDER).collect(toSet());
            assertThat(ofOnnxRuntime).hasSizeGreaterThan(50).allMatch(name -> has(runtime, name));
            assertThat(ofOnnxRuntime.stream().filter(name -> !has(older, name))).contains("cudaLibraryLoadData");
        }
    }

    @Test
    void aLibraryThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> CudaLibraries.library("/nowhere/libcutensor.so.2")).isInstanceOf(Fault.class)
                .hasMessageContaining("libcutensor.so.2 is not on the class path").hasMessageContaining("-Pcuda");
    }

    private static int version(NativeLibrary runtime) {
        IntByReference version = new IntByReference();
        assertThat(runtime.getFunction("cudaRuntimeGetVersion").invokeInt(new Object[] {version})).isZero();
        return version.getValue();
    }

    private static boolean has(NativeLibrary library, String name) {
        try {
            return library.getFunction(name) != null;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** Names of functions of the runtime in the names that a library exports and imports, which are at its beginning. */
    private static Stream<String> functions(String library) throws IOException {
        try (InputStream in = CudaLibrariesTest.class.getResourceAsStream(library)) {
            String names = new String(in.readNBytes(NAMES_WITHIN), StandardCharsets.ISO_8859_1);
            return Arrays.stream(names.split("\0")).filter(name -> name.matches("(__)?cuda[A-Z]\\w+"));
        }
    }

    private static Path unpacked(String resource, Path folder) throws IOException {
        Path file = folder.resolve("libcudart-of-pytorch.so");
        try (InputStream in = CudaLibrariesTest.class.getResourceAsStream(resource)) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
