package dev.jarway.loader.leak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MBeans of a plugin in the platform's server. */
final class ManagementBeans implements Holder {

    private static final Logger log = LoggerFactory.getLogger(ManagementBeans.class);

    @Override
    public List<String> clean(ClassLoader loader) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> cleaned = new ArrayList<>();
        for (ObjectName name : of(loader, server)) {
            try {
                server.unregisterMBean(name);
                cleaned.add("MBean " + name + " was unregistered");
            } catch (JMException e) {
                cleaned.add("MBean " + name + " could not be unregistered: " + e.getMessage());
            }
        }
        return cleaned;
    }

    @Override
    public List<String> find(ClassLoader loader) {
        return of(loader, ManagementFactory.getPlatformMBeanServer()).stream()
                .map(name -> "MBean " + name)
                .toList();
    }

    private static List<ObjectName> of(ClassLoader loader, MBeanServer server) {
        List<ObjectName> found = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                if (server.getClassLoaderFor(name) == loader) {
                    found.add(name);
                }
            } catch (InstanceNotFoundException e) {
                log.debug("MBean {} has been unregistered meanwhile", name, e);
            }
        }
        return found;
    }
}
