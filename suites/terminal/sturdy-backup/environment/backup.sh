#!/bin/bash
# backup.sh SOURCE DEST: one archive for each folder in SOURCE.
cd $1
mkdir $2
for folder in $(ls); do
  tar -czf $2/$folder.tar.gz $folder
done
echo "backup complete"
