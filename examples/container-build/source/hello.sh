#!/bin/sh
echo "Hello from a container."
