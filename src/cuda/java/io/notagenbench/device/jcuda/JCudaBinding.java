package io.notagenbench.device.jcuda;

import io.notagenbench.device.cuda.ComputeCapability;
import io.notagenbench.device.cuda.CudaContext;
import io.notagenbench.device.cuda.CudaDevice;
import io.notagenbench.device.cuda.CudaDriver;
import io.notagenbench.fault.Fault;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import jcuda.CudaException;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;

/** NVIDIA's driver through JCuda. */
public final class JCudaBinding implements CudaDriver {

    private static final int NAME_BYTES = 256;
    private static final int BUS_ID_BYTES = 32;

    @Override
    public int devices() {
        return call("start", () -> {
            JCudaDriver.cuInit(0);
            int[] count = new int[1];
            JCudaDriver.cuDeviceGetCount(count);
            return count[0];
        });
    }

    @Override
    public CudaDevice device(int index) {
        return call("describe device " + index, () -> {
            CUdevice device = handle(index);
            byte[] name = new byte[NAME_BYTES];
            JCudaDriver.cuDeviceGetName(name, NAME_BYTES, device);
            String[] busId = new String[1];
            JCudaDriver.cuDeviceGetPCIBusId(busId, BUS_ID_BYTES, device);
            long[] bytes = new long[1];
            JCudaDriver.cuDeviceTotalMem(bytes, device);
            return new CudaDevice(index, text(name), busId[0].strip(), bytes[0], new ComputeCapability(
                    attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device),
                    attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device)));
        });
    }

    @Override
    public CudaContext retain(int index) {
        return call("give a context on device " + index, () -> {
            CUdevice device = handle(index);
            CUcontext context = new CUcontext();
            JCudaDriver.cuDevicePrimaryCtxRetain(context, device);
            return new PrimaryContext(device, context);
        });
    }

    private static CUdevice handle(int index) {
        CUdevice device = new CUdevice();
        JCudaDriver.cuDeviceGet(device, index);
        return device;
    }

    private static int attribute(int attribute, CUdevice device) {
        int[] value = new int[1];
        JCudaDriver.cuDeviceGetAttribute(value, attribute, device);
        return value[0];
    }

    private static String text(byte[] zeroTerminated) {
        int length = 0;
        while (length < zeroTerminated.length && zeroTerminated[length] != 0) {
            length++;
        }
        return new String(zeroTerminated, 0, length, StandardCharsets.UTF_8).strip();
    }

    /** What the driver gives, or one sentence with what it says instead. */
    static <T> T call(String deed, Supplier<T> driver) {
        try {
            JCudaLibrary.load();
            return driver.get();
        } catch (CudaException e) {
            throw Fault.failed("The NVIDIA driver does not " + deed + ": " + e.getMessage()
                    + "; see what it says with nvidia-smi, or choose device=cpu.", e);
        } catch (LinkageError e) {
            throw Fault.failed("The NVIDIA driver's library libcuda.so.1 cannot be loaded: install the driver (Debian: sudo"
                    + " apt-get install nvidia-driver) or give the container the card (docker run --gpus all), or choose"
                    + " device=cpu.", e);
        }
    }
}
