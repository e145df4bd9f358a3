package io.notagenbench.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.notagenbench.engine.Device;
import io.notagenbench.fault.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaExecutionProviderTest {

    @Test
    void wantOfMemoryOnACardIsNotThatOfTheHost() {
        OrtException arena = new OrtException("bfc_arena.cc:376 AllocateRawInternal Failed to allocate memory for requested"
                + " buffer of size 26214400");
        assertThat(CudaExecutionProvider.fault(Device.of("cuda"), arena, "x").outcome()).contains(Outcome.OOM_DEVICE);
        assertThat(CudaExecutionProvider.fault(Device.CPU, arena, "x").outcome()).isEmpty();
        assertThat(CudaExecutionProvider.fault(Device.of("cuda"), new OrtException("INVALID_ARGUMENT"), "x").outcome()).isEmpty();
    }

    /** What ONNX Runtime 1.29 says where the driver is not what the provider needs, and where it is missing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Error code - ORT_FAIL - message: /onnxruntime_src/x.cc:62 static y::FromProviderOptions(const y&) [ONNXRuntimeError] : 1 :"
                + " FAIL : provider_options_utils.h:187 Parse Failed to parse provider option \"device_id\": CUDA failure 35: CUDA"
                + " driver version is insufficient for CUDA runtime version ; GPU=-1 ; hostname=vm ; file=z.cc ; line=69 ;"
                + "|CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version;",
        "Error code - ORT_FAIL - message: Failed to load library /c/libonnxruntime_providers_cuda.so with error: libcuda.so.1:"
                + " cannot open shared object file: No such file or directory"
                + "|libcuda.so.1: cannot open shared object file: No such file or directory;",
        "Something else went wrong|Something else went wrong;"
    })
    void itsRefusalIsOneSentence(String message, String reason) {
        assertThat(CudaExecutionProvider.refusal(1, message, null)).hasMessage("DEVICE_FALLBACK: ONNX Runtime was asked for device=cuda:1"
                + " and its CUDA provider does not start: " + reason + " see what nvidia-smi says (driver 525 or newer is needed),"
                + " or choose device=cpu.");
    }
}
