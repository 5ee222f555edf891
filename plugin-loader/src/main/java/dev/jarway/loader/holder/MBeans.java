package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;

/**
 * MBeans whose class is a plugin's. They are unregistered. Those that stand behind a class of the JDK's are named only: they
 * might be another generation's, which has classes of the same names.
 */
final class MBeans implements Place {

    @Override
    public String kind() {
        return "mbean";
    }

    // Only servers that are there already: asking for the platform's would start one.
    @Override
    public List<String> clean(Suspect suspect) throws JMException {
        var removed = new ArrayList<String>();
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            for (ObjectName name : server.queryNames(null, null)) {
                if (isOf(suspect, server, name)) {
                    server.unregisterMBean(name);
                    removed.add(name.toString());
                }
            }
        }
        return removed;
    }

    @Override
    public List<String> find(Suspect suspect) throws JMException {
        var found = new ArrayList<String>();
        for (MBeanServer server : MBeanServerFactory.findMBeanServer(null)) {
            for (ObjectName name : server.queryNames(null, null)) {
                String behind = classBehind(server, name);
                if (suspect.defined(behind)) {
                    found.add(name + " of class " + behind);
                }
            }
        }
        return found;
    }

    private static String classBehind(MBeanServer server, ObjectName name) throws JMException {
        try {
            return server.getClassLoaderFor(name) == null
                    ? server.getMBeanInfo(name).getClassName()
                    : "";
        } catch (InstanceNotFoundException e) {
            return "";
        }
    }

    private static boolean isOf(Suspect suspect, MBeanServer server, ObjectName name) {
        try {
            return suspect.isAbove(server.getClassLoaderFor(name));
        } catch (InstanceNotFoundException e) {
            // Somebody else was faster.
            return false;
        }
    }
}
