"""Facility devices that speak to the gate's own broker: ESPHome, Zigbee2MQTT, Tasmota, read as they are."""
